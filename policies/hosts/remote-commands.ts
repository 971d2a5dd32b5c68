import { Graph, ofType, Resource } from "../graph/graph";
import { entry, text } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN } from "../graph/value";
import { HostView, Production } from "../reader/host-view";
import { mergeViews } from "../reader/merge-views";
import { readUserData } from "../reader/read-user-data";
import { UserDataEncoding } from "../reader/user-data/unwrap";

const commandType = "command:remote:Command";
const copyTypes = ["command:remote:CopyToRemote", "command:remote:CopyFile"];

/** What commands and copies over SSH put on a machine. */
export interface RemoteWork {
  readonly views: readonly HostView[];
  /** Names of commands whose text is not known yet. */
  readonly unknown: readonly string[];
}

/**
 * What is done to a machine by `command:remote:*` resources that connect to it.
 *
 * @param machines the machine, and the addresses it has
 */
export function remoteWork(graph: Graph, machines: readonly Resource[]): RemoteWork {
  const views: HostView[] = [];
  const unknown: string[] = [];
  for (const resource of ofType(graph, commandType, ...copyTypes)) {
    if (!connectsTo(graph, resource, machines)) continue;
    const view = resource.type === commandType ? commandView(resource) : copyView(resource);
    if (view) views.push(view);
    else unknown.push(resource.name);
  }
  return { views, unknown };
}

function connectsTo(graph: Graph, resource: Resource, machines: readonly Resource[]): boolean {
  const host = entry(resource.properties["connection"], "host");
  const by = ["publicIp", "privateIp", "publicDns", "privateDns"];
  const types = [...new Set(machines.map(({ type }) => type))];
  const { resources } = referencesOf(graph, resource, "connection", host, types, by);
  return resources.some((found) => machines.includes(found));
}

function commandView(command: Resource): HostView | null {
  const create = text(command.properties["create"]);
  if (create === UNKNOWN) return null;
  return readUserData(`#!/bin/sh\n${create ?? ""}`, `command ${command.name}`, UserDataEncoding.Plain);
}

function copyView(copy: Resource): HostView | null {
  const path = text(copy.properties["remotePath"]);
  if (path === UNKNOWN) return null;
  const source = `copy ${copy.name}`;
  const place = { file: source, line: null, sourceLine: null };
  const produced = path?.startsWith("/") ? [{ path, how: Production.Copy, target: null, place }] : [];
  return { ...mergeViews([], source), produced };
}
