import { App } from "../../app/app";
import { haproxyFolder } from "./folder";

/** The authorities that an app brings for its servers. */
export const ownAuthorities = ({ name }: App): string => `${haproxyFolder}/authorities/${name}.pem`;
