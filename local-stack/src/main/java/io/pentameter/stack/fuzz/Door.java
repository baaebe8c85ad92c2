package io.pentameter.stack.fuzz;

/** Where mutants are sent. */
interface Door {

    /** Sends it and waits for what comes; {@link Reply#isNone} if the other side says nothing. */
    Reply send(Mutant mutant);
}
