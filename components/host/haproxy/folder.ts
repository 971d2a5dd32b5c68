/** Folder of HAProxy's configuration. */
export const haproxyFolder = "/etc/haproxy";

/** HAProxy's unit, which reloads when one of its files changes. */
export const haproxyUnit = "haproxy.service";
