import { gunzipSync } from "node:zlib";
import { Problem } from "../app/problem";
import { userDataLimitBytes, userDataProblems } from "../host/cloud-init/user-data";

/** User data, in one of the two forms that EC2 takes. */
export interface UserDataForms {
  userData?: string;
  userDataBase64?: string;
}

/** What is wrong with the user data of a server: it needs some, in one form, of a size that EC2 takes. */
export function serverUserDataProblems({ userData, userDataBase64 }: UserDataForms): Problem[] {
  if ((userData === undefined) === (userDataBase64 === undefined)) {
    const reason = userData === undefined ? "is missing" : "is given beside userDataBase64";
    return [{ path: "userData", reason, fix: "give one of userData and userDataBase64" }];
  }
  return userData === undefined ? packedProblems(userDataBase64!) : userDataProblems(userData, "userData");
}

function packedProblems(base64: string): Problem[] {
  const path = "userDataBase64";
  const packed = Buffer.from(base64, "base64");
  if (!unpacks(packed))
    return [{ path, reason: "is not what gzip made, in base64", fix: "use what inlineHost gives, or userData" }];
  if (packed.length <= userDataLimitBytes) return [];
  const reason = `is ${packed.length} bytes, ${packed.length - userDataLimitBytes} more than the ${userDataLimitBytes} that EC2 takes`;
  return [{ path, reason, fix: "move what is large into a store" }];
}

/** More than any user data holds that fits: a text of 16 KiB cannot be that long by accident. */
const longestText = 16 * 1024 * 1024;

function unpacks(packed: Buffer): boolean {
  try {
    gunzipSync(packed, { maxOutputLength: longestText });
    return true;
  } catch {
    return false;
  }
}
