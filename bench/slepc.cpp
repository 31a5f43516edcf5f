//===- slepc.cpp - seconds of a few eigenvalues and vectors by SLEPc --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// slepc FILE COUNT [options of SLEPc]: as arpack.cpp, with the defaults of SLEPc (Krylov-Schur) but
// for the tolerance, on any number of ranks of mpirun. Compiled by hand, with Debian's
// libslepc-complex3.18-dev and the flags of its pkg-config file, as `slepc`.

#include <slepceps.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

template <typename T> static std::vector<T> read(std::ifstream &file, std::int64_t count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  file.read(reinterpret_cast<char *>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

static void readRows(const char *path, Mat *rows) {
  std::ifstream file(path, std::ios::binary);
  const auto sizes = read<std::int64_t>(file, 2);
  const auto offsets = read<std::int64_t>(file, sizes[0] + 1);
  const auto columns = read<PetscInt>(file, sizes[1]);
  const auto values = read<PetscScalar>(file, sizes[1]);
  MatCreate(PETSC_COMM_WORLD, rows);
  const auto n = static_cast<PetscInt>(sizes[0]);
  MatSetSizes(*rows, PETSC_DECIDE, PETSC_DECIDE, n, n);
  MatSetFromOptions(*rows);
  MatMPIAIJSetPreallocation(*rows, 64, nullptr, 64, nullptr);
  MatSeqAIJSetPreallocation(*rows, 64, nullptr);
  MatSetOption(*rows, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE);
  PetscInt first = 0;
  PetscInt end = 0;
  MatGetOwnershipRange(*rows, &first, &end);
  for (PetscInt row = first; row < end; ++row) {
    const std::int64_t begin = offsets[static_cast<std::size_t>(row)];
    const auto count = static_cast<PetscInt>(offsets[static_cast<std::size_t>(row) + 1] - begin);
    MatSetValues(*rows, 1, &row, count, columns.data() + begin, values.data() + begin,
                 INSERT_VALUES);
  }
  MatAssemblyBegin(*rows, MAT_FINAL_ASSEMBLY);
  MatAssemblyEnd(*rows, MAT_FINAL_ASSEMBLY);
  MatSetOption(*rows, MAT_HERMITIAN, PETSC_TRUE);
}

static void solve(Mat rows, int count, bool isLargest) {
  EPS solver;
  EPSCreate(PETSC_COMM_WORLD, &solver);
  EPSSetOperators(solver, rows, nullptr);
  EPSSetProblemType(solver, EPS_HEP);
  EPSSetWhichEigenpairs(solver, isLargest ? EPS_LARGEST_REAL : EPS_SMALLEST_REAL);
  EPSSetDimensions(solver, count, PETSC_DEFAULT, PETSC_DEFAULT);
  EPSSetTolerances(solver, 1e-10, 3000);
  EPSSetConvergenceTest(solver, EPS_CONV_NORM);
  EPSSetFromOptions(solver);
  PetscLogDouble begin = 0;
  PetscLogDouble end = 0;
  PetscTime(&begin);
  EPSSolve(solver);
  PetscTime(&end);
  PetscInt numFound = 0;
  EPSGetConverged(solver, &numFound);
  double worst = 0;
  double sum = 0;
  for (PetscInt i = 0; i < std::min<PetscInt>(numFound, count); ++i) {
    PetscScalar value;
    PetscReal residual = 0;
    EPSGetEigenvalue(solver, i, &value, nullptr);
    EPSComputeError(solver, i, EPS_ERROR_ABSOLUTE, &residual);
    worst = std::max(worst, residual);
    sum += PetscRealPart(value);
  }
  PetscPrintf(PETSC_COMM_WORLD,
              "{\"solver\": \"slepc\", \"end\": \"%s\", \"seconds\": %.3f, \"residual\": %.2e, "
              "\"sum\": %.12g, \"found\": %d}\n",
              isLargest ? "largest" : "smallest", end - begin, worst, sum,
              static_cast<int>(numFound));
  EPSDestroy(&solver);
}

int main(int argc, char **argv) {
  SlepcInitialize(&argc, &argv, nullptr, nullptr);
  if (argc < 3)
    return 1;
  Mat rows;
  readRows(argv[1], &rows);
  for (const bool isLargest : {true, false})
    solve(rows, std::atoi(argv[2]), isLargest);
  MatDestroy(&rows);
  SlepcFinalize();
  return 0;
}
