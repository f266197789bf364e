/* The program: finds the command, runs it, writes what it has to say. */
#ifndef PI_CLI_H
#define PI_CLI_H

/* As main; the exit code. */
int pi_cli_main(int argc, char *const *argv);

#endif
