import { NginxView } from "../../../../policies/reader/nginx/nginx-view";
import { readNginx } from "../../../../policies/reader/read-nginx";

/** The view of a main file with these directives in `http`. */
export function nginxOf(http: string): NginxView {
  const view = readNginx([{ path: "nginx.conf", content: `events {}\nhttp {\n${http}\n}\n` }], "folder");
  if (view.problems.length > 0 || view.nginx === null) throw new Error(JSON.stringify(view.problems));
  return view.nginx;
}
