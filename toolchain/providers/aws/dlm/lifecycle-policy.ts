import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, integer, object, objects, required, text, textMap, texts } from "../properties";
import { byRegion, forceNew } from "../replacement";

const age = { interval: required(integer), intervalUnit: required(text) };
const countOrAge = { count: integer, interval: integer, intervalUnit: text };

const action = object({
  crossRegionCopies: required(
    objects({
      encryptionConfiguration: required(object({ cmkArn: text, encrypted: byDefault(false, flag) })),
      retainRule: object(age),
      target: required(text),
    }),
  ),
  name: required(text),
});

const eventSource = object({
  parameters: required(
    object({ descriptionRegex: required(text), eventType: required(text), snapshotOwners: required(texts) }),
  ),
  type: required(text),
});

const createRule = object({
  cronExpression: text,
  interval: integer,
  intervalUnit: text,
  location: text,
  scripts: object({
    executeOperationOnScriptFailure: flag,
    executionHandler: required(text),
    executionHandlerService: text,
    executionTimeout: integer,
    maximumRetryCount: integer,
    stages: texts,
  }),
  times: text,
});

const schedules = objects({
  archiveRule: object({
    archiveRetainRule: required(object({ retentionArchiveTier: required(object(countOrAge)) })),
  }),
  copyTags: flag,
  createRule: required(createRule),
  crossRegionCopyRules: objects({
    cmkArn: text,
    copyTags: flag,
    deprecateRule: object(age),
    encrypted: required(flag),
    retainRule: object(age),
    target: text,
    targetRegion: text,
  }),
  deprecateRule: object(countOrAge),
  fastRestoreRule: object({ availabilityZones: required(texts), ...countOrAge }),
  name: required(text),
  retainRule: required(object(countOrAge)),
  shareRule: object({ targetAccounts: required(texts), unshareInterval: integer, unshareIntervalUnit: text }),
  tagsToAdd: textMap,
  variableTags: textMap,
});

/** `aws:dlm/lifecyclePolicy:LifecyclePolicy`. */
export const lifecyclePolicy: Definition = {
  table: {
    inputs: {
      defaultPolicy: text,
      description: required(text),
      executionRoleArn: required(text),
      policyDetails: required(
        object({
          action,
          copyTags: byDefault(false, flag),
          createInterval: byDefault(1, integer),
          eventSource,
          exclusions: object({ excludeBootVolumes: flag, excludeTags: textMap, excludeVolumeTypes: texts }),
          extendDeletion: byDefault(false, flag),
          parameters: object({ excludeBootVolume: flag, excludeDataVolumeTags: textMap, noReboot: flag }),
          policyLanguage: text,
          policyType: byDefault("EBS_SNAPSHOT_MANAGEMENT", text),
          resourceLocations: text,
          resourceType: text,
          resourceTypes: texts,
          retainInterval: byDefault(7, integer),
          schedules,
          targetTags: textMap,
        }),
      ),
      region: text,
      state: byDefault("ENABLED", text),
      tags: textMap,
    },
    outputs: { arn: computed(text), tagsAll: computed(textMap) },
    filledIn: ["region"],
  },
  replacement: [
    ...forceNew("internal/service/dlm/lifecycle_policy.go", "policyDetails.schedules[].copyTags"),
    byRegion,
  ],

  create(_inputs, { account, region }) {
    const id = `policy-0${newHex(16)}`;
    return { id, outputs: { arn: arn("dlm", `policy/${id}`, account, region) } };
  },
};
