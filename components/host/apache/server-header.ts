import { Route } from "../../app/route/route";
import { ServerHeader } from "../../app/route/security";

/** Variable with the name of the route whose app's `Server` is passed on. */
export const serverVariable = "landfall_app_server";

/** Whether an app says itself what it runs on. */
export const saysServer = ({ security }: Route): boolean => security?.server === ServerHeader.App;
