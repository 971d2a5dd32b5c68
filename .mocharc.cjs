module.exports = {
  require: ["ts-node/register/transpile-only"],
  extension: ["ts"],
  timeout: 10000,
};
