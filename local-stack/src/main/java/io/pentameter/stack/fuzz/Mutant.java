package io.pentameter.stack.fuzz;

import java.util.Map;

/**
 * A request with something wrong in it.
 *
 * @param number  with the seed of the run it says all: the same number gives the same bytes
 * @param how     what was done, for the report
 * @param headers besides those of the connection and the credential; of the sample's Content-Type the one here wins
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
record Mutant(long number, Sample sample, String how, Map<String, String> headers, byte[] body, Sending sending) {

    Mutant {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    Mutant withBody(byte[] other) {
        return new Mutant(number, sample, how, headers, other, sending);
    }

    /** How the bytes of the body go over the wire. */
    enum Sending {
        /** As it ought to be. */
        WHOLE,
        /** In pieces of the sender's choice. */
        CHUNKED,
        /** In pieces with a length that is no number. */
        BROKEN_CHUNKS,
        /** Content-Length is larger than what is sent, and then nothing more comes. */
        TOO_SHORT,
        /** Content-Length is smaller than what is sent. */
        TOO_LONG,
        /** The connection is closed in the middle of the body. */
        CUT,
        /** A few bytes at a time. */
        SLOW
    }
}
