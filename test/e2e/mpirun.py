"""Runs programs under Open MPI's mpirun, on this machine, more ranks than cores too."""
import os

# mpirun refuses root, whom containers run as, unless told twice; a name of a shell, so that no ssh
# is needed where there is none.
ENVIRONMENT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_plm_rsh_agent": "sh"}


def environment():
    return os.environ | ENVIRONMENT


def command(num_ranks, program, quiet=True):
    """`quiet`: mpirun says nothing itself where a rank ends with an exit code."""
    return ["mpirun", "--oversubscribe", "--bind-to", "none", *(["-q"] if quiet else []),
            "-np", str(num_ranks), *map(str, program)]
