// Answers on file descriptor 3; on SIGTERM finishes what it has begun and closes the connections that are idle.
const { createServer } = require("node:http");

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => setTimeout(() => response.end(`app ${process.pid}`), 5));
});
server.keepAliveTimeout = 75_000;
server.listen({ fd: 3 });
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setInterval(() => server.closeIdleConnections(), 20).unref();
});
