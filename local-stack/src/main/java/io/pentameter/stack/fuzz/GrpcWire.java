package io.pentameter.stack.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Unary calls of gRPC by hand, a connection of HTTP/2 for each, because no client library sends a message that is not as long
 * as it says. Knows of HTTP/2 what that needs.
 */
final class GrpcWire implements Door {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACKNOWLEDGED = 1;
    private static final int MOST_FRAME = 16_384;
    private static final int SMALL_FRAME = 500;
    private static final int MOST_WINDOW = 65_000;
    private static final byte[] STATUS = "grpc-status".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private final String authority;
    private final String key;

    GrpcWire(URI gateway, String key) {
        this.address = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        this.authority = gateway.getAuthority();
        this.key = key;
    }

    @Override
    public Reply send(Mutant mutant) {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) Wire.LIMIT.toMillis());
            socket.setSoTimeout((int) Wire.LIMIT.toMillis());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(PREFACE);
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_HEADERS, 1, headers(mutant));
            message(mutant, out, socket);
            return read(new DataInputStream(socket.getInputStream()), out, began);
        } catch (IOException _) {
            return Reply.none(since(began));
        }
    }

    private static void message(Mutant mutant, DataOutputStream out, Socket socket) throws IOException {
        byte[] framed = framed(mutant);
        int piece = mutant.sending() == Mutant.Sending.CHUNKED ? SMALL_FRAME : MOST_FRAME;
        if (mutant.sending() == Mutant.Sending.CUT) {
            frame(out, DATA, 0, 1, java.util.Arrays.copyOf(framed, framed.length / 2));
            socket.setSoLinger(true, 0);
            socket.close();
            return;
        }
        for (int at = 0; at < framed.length; at += piece) {
            int end = Math.min(framed.length, at + piece);
            boolean isLast = end == framed.length;
            frame(out, DATA, isLast ? END_STREAM : 0, 1, java.util.Arrays.copyOfRange(framed, at, end));
        }
    }

    /** Flag, length, message; of which the length or the flag is wrong where the mutant wants it. */
    private static byte[] framed(Mutant mutant) {
        byte[] body = mutant.body();
        // flow control is left out: what does not fit into the first window is not sent
        byte[] sent = body.length > MOST_WINDOW ? java.util.Arrays.copyOf(body, MOST_WINDOW) : body;
        boolean isPacked = mutant.headers().containsKey("Content-Encoding");
        int flag = mutant.sending() == Mutant.Sending.BROKEN_CHUNKS ? 7 : isPacked ? 1 : 0;
        int length = switch (mutant.sending()) {
            case TOO_SHORT -> sent.length + 100;
            case TOO_LONG -> sent.length / 2;
            case WHOLE, CHUNKED, BROKEN_CHUNKS, CUT, SLOW -> body.length;
        };
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(flag);
        for (int shift = 24; shift >= 0; shift -= 8) {
            framed.write(length >>> shift);
        }
        framed.writeBytes(sent);
        return framed.toByteArray();
    }

    private byte[] headers(Mutant mutant) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", mutant.sample().path());
        header(block, ":authority", authority);
        header(block, "content-type", mutant.headers().getOrDefault("Content-Type", "application/grpc"));
        header(block, "te", "trailers");
        header(block, "x-api-key", key);
        String coding = mutant.headers().get("Content-Encoding");
        if (coding != null) {
            header(block, "grpc-encoding", coding);
        }
        return block.toByteArray();
    }

    /** HPACK's plainest form: a literal that is not to be remembered, nothing packed. */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >>> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static Reply read(DataInputStream in, DataOutputStream out, long began) throws IOException {
        Map<String, String> headers = new HashMap<>();
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && (flags & ACKNOWLEDGED) == 0) {
                frame(out, SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
            } else if (type == HEADERS) {
                String status = status(payload);
                if (!status.isEmpty()) {
                    headers.put("grpc-status", status);
                }
            }
            boolean isEnd = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
            if (isEnd || type == RESET || type == GO_AWAY) {
                return new Reply(isEnd ? 200 : 499, headers, new byte[0], since(began));
            }
        }
    }

    /** The value after the name, both of which a server writes as they are because they are short. */
    private static String status(byte[] block) {
        for (int i = 0; i + STATUS.length + 1 < block.length; i++) {
            if (java.util.Arrays.equals(block, i, i + STATUS.length, STATUS, 0, STATUS.length)) {
                int length = block[i + STATUS.length] & 127;
                int from = i + STATUS.length + 1;
                return new String(block, from, Math.min(length, block.length - from), StandardCharsets.US_ASCII);
            }
        }
        return "";
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
