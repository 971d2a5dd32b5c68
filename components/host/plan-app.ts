import { App } from "../app/app";
import { redisUnit, serviceUnit, socketUnit } from "../app/paths";
import { PlannedApp, PlannedUnit } from "./plan";
import { instances } from "./places";
import { hasSocketUnit } from "./systemd/socket";

/** The units of an app by what they are. */
export function planApp(app: App): PlannedApp {
  const further = instances(app).slice(1);
  return {
    name: app.name,
    service: app.process ? serviceUnit(app.name) : null,
    socket: app.process && hasSocketUnit(app) ? socketUnit(app.name) : null,
    ...(further.length && {
      further: further.map((instance) => ({
        service: serviceUnit(app.name, instance),
        socket: socketUnit(app.name, instance),
      })),
    }),
  };
}

/** The units of the apps in the order in which they start. */
export function planUnits(apps: readonly App[]): PlannedUnit[] {
  return apps.flatMap((app) => {
    const { name, socket, service, further = [] } = planApp(app);
    return [
      ...(socket ? [{ name: socket, app: name }] : []),
      ...further.map((instance) => ({ name: instance.socket, app: name })),
      ...(app.redis ? [{ name: redisUnit(name), app: name }] : []),
      ...(service ? [{ name: service, app: name }] : []),
      ...further.map((instance) => ({ name: instance.service, app: name })),
    ];
  });
}
