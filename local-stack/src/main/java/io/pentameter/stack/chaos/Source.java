package io.pentameter.stack.chaos;

import java.util.List;

/** What one client has to send, one thread at a time. */
interface Source {

    /** A word for its kind. */
    String client();

    Parcel next();

    /** What is left of the traces that were begun, when no new one shall be. */
    List<Parcel> rest();
}
