import { bootstrapPath } from "../../components/host/cloud-init/units";
import { HostDraft } from "./draft";
import { HostSource, HostView } from "./host-view";
import { linksOf } from "./links";
import { NginxPlace, packagedNginx, readConfiguration } from "./nginx/configuration";
import { ReadProblem, ReadProblemKind } from "./place";
import { contractOf } from "./plan/contract";
import { readUnits } from "./systemd/units";

/**
 * Reads a source into a draft, and makes the view of it. A fault of the reader itself becomes a problem of what is read:
 * whoever asks for a view has others to look at.
 */
export function viewOfSource(source: string, read: (draft: HostDraft) => NginxPlace): HostView {
  const draft = new HostDraft(source);
  let nginx = packagedNginx;
  try {
    nginx = read(draft);
  } catch (error) {
    draft.problems.push(readerFault(source, error));
  }
  return viewOf(draft.finish(), nginx);
}

/** Puts what a source says together: files to units and to nginx's configuration. */
export function viewOf(source: HostSource, nginxPlace: NginxPlace = packagedNginx): HostView {
  try {
    return assembled(source, nginxPlace);
  } catch (error) {
    const problems = [...source.sourceProblems, readerFault(source.source, error)];
    return { ...source, units: [], nginx: null, contract: null, bootstrapped: false, problems };
  }
}

function assembled(source: HostSource, nginxPlace: NginxPlace): HostView {
  const { units, problems: unitProblems } = readUnits(source);
  const files = new Map(source.files.map((file) => [file.path, file]));
  const { nginx, problems: nginxProblems } = readConfiguration({ files, links: linksOf(source.produced) }, nginxPlace);
  return {
    ...source,
    units,
    nginx,
    contract: source.plan && contractOf(source.plan, units, nginx),
    bootstrapped: files.has(bootstrapPath),
    problems: [...source.sourceProblems, ...unitProblems, ...nginxProblems],
  };
}

/** The fault's own text is left out, because it may repeat the input. */
function readerFault(source: string, error: unknown): ReadProblem {
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    kind: ReadProblemKind.Unread,
    place: { file: source, line: null, sourceLine: null },
    message: `could not be read as a whole: the reader failed (${kind})`,
  };
}
