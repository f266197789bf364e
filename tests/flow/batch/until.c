/* until BYTES FILE SIGNAL COMMAND [ARGUMENT…]: runs COMMAND and sends it SIGNAL, a number, as soon as FILE
 * has BYTES bytes. Then says on standard error how it ended: bytes=N status=N signal=N peak_kib=N with what
 * FILE has at last, COMMAND's exit status, or the signal that killed it, and the most memory it had. With
 * SIGNAL 0 nothing is sent. Its own exit status is 0 unless COMMAND could not be run. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long size_of(const char *file) {
  struct stat status;
  return stat(file, &status) == 0 ? (long long)status.st_size : -1;
}

/* Waits for the child's end; sends it the signal on the way. */
static int watch(pid_t child, long long bytes, const char *file, int signal_number) {
  const struct timespec pause = {.tv_nsec = 50000};
  int status = 0;
  bool sent = signal_number == 0;
  while (!sent) {
    pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    sent = size_of(file) >= bytes;
    if (sent) kill(child, signal_number);
    if (!sent) nanosleep(&pause, NULL);
  }
  waitpid(child, &status, 0);
  return status;
}

int main(int argc, char **argv) {
  if (argc < 5) return 2;
  long long bytes = strtoll(argv[1], NULL, 10);
  int signal_number = (int)strtol(argv[3], NULL, 10);
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    execv(argv[4], argv + 4);
    _exit(127);
  }
  int status = watch(child, bytes, argv[2], signal_number);
  struct rusage usage;
  if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return 2;
  (void)fprintf(stderr, "bytes=%lld status=%d signal=%d peak_kib=%ld\n", size_of(argv[2]),
                WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                usage.ru_maxrss);
  return WIFEXITED(status) && WEXITSTATUS(status) == 127 ? 2 : 0;
}
