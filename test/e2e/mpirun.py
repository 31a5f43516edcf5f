"""Runs programs under Open MPI's mpirun, on this machine, more ranks than cores too."""
import os

# mpirun refuses root, whom containers run as, unless told twice. No ssh is needed on one machine.
# Containers may forbid processes to read each other's memory, and Open MPI complains.
ENVIRONMENT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
               "OMPI_MCA_plm_rsh_agent": "sh",
               "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}


def environment():
    return os.environ | ENVIRONMENT


def command(num_ranks, program, quiet=True):
    """`quiet`: mpirun says nothing itself where a rank ends with an exit code."""
    return ["mpirun", "--oversubscribe", "--bind-to", "none", *(["-q"] if quiet else []),
            "-np", str(num_ranks), *map(str, program)]
