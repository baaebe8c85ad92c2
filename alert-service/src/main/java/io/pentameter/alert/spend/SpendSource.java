package io.pentameter.alert.spend;

import java.io.IOException;

/** Where spending is read. */
public interface SpendSource {

    /** @throws IOException if there is no usable answer */
    SpendAnswer ask(SpendQuestion question) throws IOException;
}
