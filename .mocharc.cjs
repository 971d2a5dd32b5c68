module.exports = {
  // Frames of libraries are left out: to map them takes seconds where many resources are made.
  require: ["ts-node/register/transpile-only", "./stacks/own-frames.ts"],
  extension: ["ts"],
  timeout: 10000,
};
