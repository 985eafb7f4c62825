// Stands where the portal's process stands: says it is ready (its process id for a port) and that an organization changed.
process.on("disconnect", () => process.exit(0));
process.send?.({ portal: "ready", port: process.pid });
process.send?.({ signet: "changed", id: 1, organizationId: "acme-corp" });
setInterval(() => undefined, 1000);
