/** Folder of httpd's configuration. */
export const apacheFolder = "/etc/apache2";

/** Folder of what httpd has only while it runs, as Debian's unit has it. */
export const runtimeFolder = "/run/apache2";
