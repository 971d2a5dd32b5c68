/** Folder of httpd's configuration. */
export const apacheFolder = "/etc/apache2";
