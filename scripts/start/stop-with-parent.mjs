// Preloaded into every child: when the one who started it is gone, even killed, it stops as if asked to.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
