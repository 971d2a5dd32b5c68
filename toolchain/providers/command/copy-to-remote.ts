import type { Failure } from "../check";
import { Archive, Asset, type PropertyMap } from "../property/value";
import type { Created, Existing, Resource, Work } from "../provider";
import { RemoteFiles } from "./remote-files";
import { uniqueId } from "./resource-id";
import { connect } from "./ssh-connection";
import { copyFileTable, copyToRemoteTable } from "./tables";

/** `command:remote:CopyToRemote`: files on a server that are copies of files here, or of a text. */
export const copyToRemote: Resource = {
  table: copyToRemoteTable,

  check(inputs: PropertyMap): Failure[] {
    const source = inputs["source"];
    if (source instanceof Asset && "uri" in source.content) {
      return [
        { property: "source", reason: "is a remote asset, and has to be a FileAsset, a StringAsset or a FileArchive" },
      ];
    }
    if (source instanceof Archive && !("path" in source.content)) {
      return [{ property: "source", reason: "is an archive without a path, and has to be a FileArchive" }];
    }
    return [];
  },

  async create(inputs: PropertyMap, work: Work): Promise<Created> {
    await copy(inputs["source"] as Asset | Archive, inputs, work);
    return { id: uniqueId(""), outputs: inputs };
  },

  async update({ state }: Existing, inputs: PropertyMap, work: Work): Promise<PropertyMap> {
    const source = inputs["source"] as Asset | Archive;
    const { hash } = state["source"] as Asset | Archive;
    const same = source.hash !== "" && source.hash === hash && state["remotePath"] === inputs["remotePath"];
    // A new password or port is no reason to copy again.
    if (!same) await copy(source, inputs, work);
    return inputs;
  },
};

/** `command:remote:CopyFile`: the older form, for one file. */
export const copyFile: Resource = {
  table: copyFileTable,

  async create(inputs: PropertyMap, work: Work): Promise<Created> {
    await copy(new Asset({ path: inputs["localPath"] as string }), inputs, work);
    return { id: uniqueId(""), outputs: inputs };
  },
};

async function copy(source: Asset | Archive, inputs: PropertyMap, work: Work): Promise<void> {
  const target = inputs["remotePath"] as string;
  const connection = await connect(inputs["connection"] as PropertyMap, work);
  const abort = (): void => connection.close();
  work.signal.addEventListener("abort", abort, { once: true });
  try {
    const files = await RemoteFiles.open(connection.client);
    if ("text" in source.content) await files.write(source.content.text, target);
    else await files.copy((source.content as { path: string }).path, target);
    files.close();
  } catch (error) {
    throw work.signal.aborted ? work.signal.reason : error;
  } finally {
    work.signal.removeEventListener("abort", abort);
    connection.close();
  }
}
