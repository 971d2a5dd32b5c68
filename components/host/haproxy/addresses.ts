import { App, ListenVia } from "../../app/app";
import { socketPath } from "../../app/paths";
import { ownSocketPath } from "../systemd/own-socket";

/** Where an app answers that runs on this host, as HAProxy takes it. */
export function localAddress(app: App): string {
  switch (app.listen?.via ?? ListenVia.Activation) {
    case ListenVia.Port:
      if (app.listen?.port === undefined)
        throw new Error(`app ${app.name}: listen.port is missing; name the loopback port it listens on`);
      return `127.0.0.1:${app.listen.port}`;
    case ListenVia.Socket:
      return `unix@${ownSocketPath(app.name)}`;
    default:
      return `unix@${socketPath(app.name)}`;
  }
}
