export * from "./app/app";
export { command, type CommandArgs } from "./app/presets/command";
export { esg, type EsgArgs } from "./app/presets/esg";
export { gramex, type GramexArgs } from "./app/presets/gramex";
export { gunicorn, type GunicornArgs } from "./app/presets/gunicorn";
export { hypercorn, type HypercornArgs } from "./app/presets/hypercorn";
export { publ, type PublArgs } from "./app/presets/publ";
export { staticSite, type StaticSiteArgs } from "./app/presets/static-site";
export { uvicorn, type UvicornArgs } from "./app/presets/uvicorn";
export { dataFolder } from "./app/paths";
export {
  LocalSite,
  type LocalSiteArgs,
  type MachineAddress,
  type SiteAddress,
  type SiteHealth,
} from "./local/local-site";
