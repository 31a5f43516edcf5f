//===- main.c - the Kuramoto model inside a C program ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two runs of one session: the second starts from oscillators that are in step already.

#include "kuramoto.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Stops where a call has failed. */
static void require(kuramoto_session *session, int32_t code) {
  if (code == 0)
    return;
  fprintf(stderr, "%s\n", kuramoto_error(session));
  exit(code);
}

/* Called after each row; columns are step, t and r, as the model observes them. */
static int32_t printRow(void *user, int64_t table, int64_t row) {
  kuramoto_session *session = user;
  const double *t = kuramoto_column_values(session, table, 1);
  const double *r = kuramoto_column_values(session, table, 2);
  printf("t = %g, r = %.17g\n", t[row], r[row]);
  return 0;
}

static void runAndPrint(kuramoto_session *session, const char *title) {
  printf("%s\n", title);
  require(session, kuramoto_run(session));
}

int main(void) {
  kuramoto_session *session = kuramoto_open();
  if (!session)
    return 1;
  kuramoto_params params;
  kuramoto_default_params(&params);
  params.N = 500;
  params.K = 4;
  params.T = 3;
  require(session, kuramoto_set_params(session, &params));
  require(session, kuramoto_on_row(session, printRow, session));
  runAndPrint(session, "from random phases:");

  double *theta = calloc((size_t)params.N, sizeof *theta);
  if (!theta)
    return 1;
  require(session, kuramoto_set_field_theta(session, theta, params.N));
  runAndPrint(session, "from equal phases:");

  double largest = 0;
  require(session, kuramoto_get_field_theta(session, theta, params.N));
  for (int64_t i = 0; i < params.N; ++i)
    largest = fmax(largest, fabs(theta[i]));
  printf("largest phase: %.17g\n", largest);
  free(theta);
  kuramoto_close(session);
  return 0;
}
