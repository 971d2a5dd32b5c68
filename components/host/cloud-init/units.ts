/** The unit that applies the current plan: at each boot, by its timer, and at first boot as soon as it is there. */
export const applyService = "landfall-apply.service";

/** The safety net: applies again what a missed call or a change by hand has left different. */
export const applyTimer = "landfall-apply.timer";

/** Where the bootstrap program lies. */
export const bootstrapPath = "/usr/local/lib/landfall/bootstrap.py";

export const applyServiceText = `[Unit]
Description=Apply the host plan
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 -I ${bootstrapPath} --unattended

[Install]
WantedBy=multi-user.target
`;

export const applyTimerText = `[Unit]
Description=Apply the host plan from time to time

[Timer]
OnUnitInactiveSec=15min

[Install]
WantedBy=timers.target
`;
