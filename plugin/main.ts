import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provider } from "@pulumi/pulumi";
import * as library from "../components";
import { ComponentProvider } from "./component-provider";
import { projectFolder } from "./project-folder";

// The components for programs in every language: the engine starts this file, which package.json beside it names. That
// folder has no dependencies of its own, because the engine installs those of a plugin before it starts it: a second copy
// of the SDK beside the program's would be the result.

// The SDK takes the project's folder from here; in a plugin nothing else tells it.
process.env.PULUMI_NODEJS_ROOT_DIRECTORY ||= projectFolder(process.cwd());

const schema = readFileSync(join(__dirname, "../schema.json"), "utf8");

void provider.main(new ComponentProvider(schema, library), process.argv.slice(2));
