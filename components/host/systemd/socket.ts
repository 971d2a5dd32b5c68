import { App } from "../../app/app";
import { ListenVia } from "../../app/listen";
import { serviceUnit, socketPath } from "../../app/paths";
import { because, section, setting, Unit, unit } from "./tree";

/** User that nginx's workers run as. */
export const webUser = "www-data";

/** Linux's somaxconn since 5.4, which is the most that a larger value would get. */
const backlog = 4096;

/** Whether systemd holds sockets for the app. */
export function hasSocketUnit(app: App): boolean {
  return app.process !== undefined && (isActivated(app) || publicPorts(app).length > 0);
}

/** The sockets that systemd holds for an app or one of its instances: its own first (file descriptor 3), then its public ports in their order. */
export function socketUnitOf(app: App, instance = 1): Unit {
  return unit(
    section("Unit", [setting("Description", `Sockets of app ${app.name}`)]),
    section("Socket", [
      ...(isActivated(app)
        ? [
            setting("ListenStream", socketPath(app.name, instance)),
            because("only nginx opens it", setting("SocketUser", webUser)),
            setting("SocketGroup", webUser),
            setting("SocketMode", "0600"),
          ]
        : []),
      ...publicPorts(app).map((port) => setting("ListenStream", port)),
      setting("Service", serviceUnit(app.name, instance)),
      because("requests wait here while the app restarts", setting("Backlog", app.listen?.backlog ?? backlog)),
      setting("FlushPending", false),
      setting("RemoveOnStop", true),
      because(
        "an app that fails again and again must not take its socket along",
        setting("TriggerLimitIntervalSec", 0),
      ),
    ]),
    section("Install", [setting("WantedBy", "sockets.target")]),
  );
}

function isActivated(app: App): boolean {
  return (app.listen?.via ?? ListenVia.Activation) === ListenVia.Activation;
}

function publicPorts(app: App): readonly number[] {
  return app.listen?.publicPorts ?? [];
}
