package io.pentameter.stack.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a process whether it serves. Made for being asked often while everything on the machine is starting. */
public final class HttpProbe {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private HttpProbe() {}

    /** Whether a GET is answered with 200 within 3 s. */
    public static boolean serves(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) LIMIT.toMillis());
            connection.setReadTimeout((int) LIMIT.toMillis());
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false;
        }
    }
}
