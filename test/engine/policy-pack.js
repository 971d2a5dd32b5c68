/**
 * A policy pack for engine.test.ts, on the protocol itself: it needs nothing but @pulumi/pulumi, and refuses resources
 * whose name is `bad`.
 */
const grpc = require("@grpc/grpc-js");
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");

function answer(work) {
  return (call, callback) => callback(null, work(call.request));
}

const server = new grpc.Server();
server.addService(AnalyzerService, {
  getPluginInfo: answer(() => new PluginInfo()),
  getAnalyzerInfo: answer(() => {
    const policy = new messages.PolicyInfo();
    policy.setName("no-bad-names");
    policy.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
    const info = new messages.AnalyzerInfo();
    info.setName("pack");
    info.setVersion("0.0.1");
    info.addPolicies(policy);
    return info;
  }),
  analyze: answer((request) => {
    const response = new messages.AnalyzeResponse();
    if (request.getName() === "bad") {
      const diagnostic = new messages.AnalyzeDiagnostic();
      diagnostic.setPolicyname("no-bad-names");
      diagnostic.setPolicypackname("pack");
      diagnostic.setPolicypackversion("0.0.1");
      diagnostic.setMessage("bad is no good name");
      diagnostic.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
      response.addDiagnostics(diagnostic);
    }
    return response;
  }),
  analyzeStack: answer(() => new messages.AnalyzeResponse()),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(port);
});
