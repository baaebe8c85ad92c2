package io.pentameter.stack.fuzz;

import io.pentameter.stack.fuzz.Mutant.Sending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 by hand, a connection for each request: no client library sends a wrong length or stops in the middle of a body.
 */
final class Wire implements Door {

    /** Longer than any answer may take. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int MOST_ANSWER_BYTES = 4 << 20;
    private static final int PIECE = 700;
    private static final int SLOW_PIECES = 20;
    private static final Duration SLOW_PAUSE = Duration.ofMillis(100);

    private final InetSocketAddress address;
    private final String host;
    private final String key;

    Wire(URI gateway, String key) {
        this.address = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        this.host = gateway.getAuthority();
        this.key = key;
    }

    @Override
    public Reply send(Mutant mutant) {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) LIMIT.toMillis());
            socket.setSoTimeout((int) LIMIT.toMillis());
            try {
                write(mutant, socket);
            } catch (IOException _) {
                // it may have answered, and closed, before all was sent
            }
            return read(socket.getInputStream(), began);
        } catch (IOException _) {
            return Reply.none(since(began));
        }
    }

    /** Opens a connection that sends the head of a request and then next to nothing. */
    Socket linger(Sample sample) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, (int) LIMIT.toMillis());
        socket.getOutputStream()
                .write(head(new Mutant(0, sample, "", Map.of(), new byte[0], Sending.WHOLE), "Content-Length: 5000"));
        return socket;
    }

    private void write(Mutant mutant, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] body = mutant.body();
        switch (mutant.sending()) {
            case WHOLE -> {
                out.write(head(mutant, "Content-Length: " + body.length));
                out.write(body);
            }
            case CHUNKED, BROKEN_CHUNKS -> chunks(mutant, body, out);
            case TOO_SHORT -> {
                out.write(head(mutant, "Content-Length: " + (body.length + 100)));
                out.write(body);
                out.flush();
                socket.shutdownOutput();
            }
            case TOO_LONG -> {
                out.write(head(mutant, "Content-Length: " + body.length / 2));
                out.write(body);
            }
            case CUT -> {
                out.write(head(mutant, "Content-Length: " + body.length));
                out.write(body, 0, body.length / 2);
                out.flush();
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case SLOW -> {
                out.write(head(mutant, "Content-Length: " + body.length));
                int piece = Math.max(1, body.length / SLOW_PIECES);
                for (int at = 0; at < body.length; at += piece) {
                    out.write(body, at, Math.min(piece, body.length - at));
                    out.flush();
                    pause();
                }
            }
        }
        out.flush();
    }

    private void chunks(Mutant mutant, byte[] body, OutputStream out) throws IOException {
        out.write(head(mutant, "Transfer-Encoding: chunked"));
        boolean isBroken = mutant.sending() == Sending.BROKEN_CHUNKS;
        for (int at = 0; at < body.length; at += PIECE) {
            int length = Math.min(PIECE, body.length - at);
            boolean isBad = isBroken && at + PIECE >= body.length;
            out.write(ascii((isBad ? "zz" : Integer.toHexString(length)) + "\r\n"));
            out.write(body, at, length);
            out.write(ascii("\r\n"));
        }
        out.write(ascii("0\r\n\r\n"));
    }

    private byte[] head(Mutant mutant, String length) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Host", host);
        headers.put("Connection", "close");
        headers.put("x-api-key", key);
        headers.put("Content-Type", mutant.sample().contentType());
        headers.putAll(mutant.headers());
        StringBuilder head = new StringBuilder(
                mutant.sample().method() + " " + mutant.sample().path() + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return ascii(head.append(length).append("\r\n\r\n").toString());
    }

    private static Reply read(InputStream in, long began) throws IOException {
        byte[] all = all(in);
        int end = endOfHead(all);
        if (end < 0) {
            return Reply.none(since(began));
        }
        String[] lines = new String(all, 0, end, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        int status = Integer.parseInt(lines[0].substring(9, 12));
        byte[] rest = java.util.Arrays.copyOfRange(all, end + 4, all.length);
        byte[] body = headers.getOrDefault("transfer-encoding", "").equals("chunked") ? unchunked(rest) : rest;
        String length = headers.get("content-length");
        if (length != null && body.length > Integer.parseInt(length)) {
            body = java.util.Arrays.copyOf(body, Integer.parseInt(length));
        }
        return new Reply(status, headers, body, since(began));
    }

    private static byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0 && all.size() < MOST_ANSWER_BYTES; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (java.net.SocketException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static int endOfHead(byte[] all) {
        for (int i = 0; i + 3 < all.length; i++) {
            if (all[i] == '\r' && all[i + 1] == '\n' && all[i + 2] == '\r' && all[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] unchunked(byte[] chunked) {
        String text = new String(chunked, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int length = Integer.parseInt(text.substring(at, line).strip(), 16);
            if (length == 0 || line + 2 + length > text.length()) {
                break;
            }
            body.write(chunked, line + 2, length);
            at = line + 2 + length + 2;
        }
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(SLOW_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
