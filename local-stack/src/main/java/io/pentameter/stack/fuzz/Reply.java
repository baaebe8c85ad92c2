package io.pentameter.stack.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param status  0 if nothing did
 * @param headers names in lower case
 * @param took    from the first byte sent to the end of the answer, or of the connection
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
record Reply(int status, Map<String, String> headers, byte[] body, Duration took) {

    Reply {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    static Reply none(Duration took) {
        return new Reply(0, Map.of(), new byte[0], took);
    }

    boolean isNone() {
        return status == 0;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
