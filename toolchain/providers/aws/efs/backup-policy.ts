import type { Definition } from "../definition";
import { object, required, text } from "../properties";
import { byRegion, forceNew } from "../replacement";

/** `aws:efs/backupPolicy:BackupPolicy`. */
export const backupPolicy: Definition = {
  table: {
    inputs: { backupPolicy: required(object({ status: required(text) })), fileSystemId: required(text), region: text },
    outputs: {},
    filledIn: ["region"],
  },
  replacement: [...forceNew("internal/service/efs/backup_policy.go", "fileSystemId"), byRegion],

  create(inputs) {
    return { id: String(inputs["fileSystemId"]), outputs: {} };
  },
};
