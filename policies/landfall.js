#!/usr/bin/env node
/** The command `landfall`. */
process.exitCode = require("./from-sources").load("cli/main").main(process.argv.slice(2));
