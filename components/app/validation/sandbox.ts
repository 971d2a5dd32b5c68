import { App } from "../app";
import { Reach } from "../reach";
import { Relaxation } from "../relaxation";
import { domainFault } from "../domain";
import { nearest, suggestion } from "../nearest";
import { relaxable } from "../sandbox";
import { cidrFault, portFault } from "../traffic";
import { Report } from "./report";
import { checkText, unwritable } from "./text";

/** Checks what the app may reach outside, and what its sandbox lets it do. */
export function checkSandbox(app: App, report: Report): void {
  (app.reach ?? []).forEach((reach, index) => checkReach(reach, report.in("reach", index)));
  (app.relax ?? []).forEach((relaxation, index) => checkRelaxation(relaxation, report.in("relax", index)));
}

function checkReach(reach: Reach, report: Report): void {
  const fault = reach.port === undefined ? undefined : portFault(reach.port);
  if (fault) report.in("port").refuse(reach.port, fault.reason, fault.fix);
  if (reach.peer !== undefined) checkPeer(reach.peer, report.in("peer"));
}

function checkPeer(peer: string, report: Report): void {
  const looksLikeAddress = peer.includes("/") || peer.includes(":") || /^[\d.]+$/.test(peer);
  const fault = looksLikeAddress ? cidrFault(peer) : domainFault(peer);
  if (fault) report.refuse(peer, fault.reason, fault.fix);
}

function checkRelaxation(relaxation: Relaxation, report: Report): void {
  const { directive, value, reason } = relaxation;
  if (directive !== undefined && !relaxable.includes(directive)) {
    const meant = nearest(directive, relaxable);
    const fix = meant ? suggestion(directive, relaxable) : "name a sandboxing directive of systemd.exec(5)";
    report.in("directive").refuse(directive, "is not part of the sandbox", fix);
  }
  // An empty value is one: it resets lists such as SystemCallFilter.
  const unfit = value === undefined ? undefined : unwritable(value);
  if (unfit !== undefined) report.in("value").refuse(value, unfit, "give one line of text");
  if (reason === undefined) return;
  if (reason.trim() === "") report.in("reason").refuse(reason, "is empty", "say why this app needs it");
  else checkText(reason, report.in("reason"));
}
