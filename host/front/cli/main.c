#include "cli.h"

int main(int argc, char **argv) {
  return pi_cli_main(argc, argv);
}
