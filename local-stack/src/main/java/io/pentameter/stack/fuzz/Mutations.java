package io.pentameter.stack.fuzz;

import io.pentameter.stack.fuzz.Mutant.Sending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Makes the mutants: seed and number decide everything, so that each can be made again. */
final class Mutations {

    private static final int BOMB_BYTES = 80 << 20;
    private static final List<String> CODINGS = List.of("gzip", "deflate", "zstd", "br", "identity", "gzip, gzip", "");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-protobuf",
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "application/json; charset=utf-16",
            "",
            "application/msgpack");

    private final List<Sample> samples;
    private final long seed;
    private final byte[] bomb = gzip(new byte[BOMB_BYTES]);

    Mutations(List<Sample> samples, long seed) {
        this.samples = List.copyOf(samples);
        this.seed = seed;
    }

    Mutant of(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        Sample sample = samples.get((int) (number % samples.size()));
        byte[] body = FreshIds.of(sample, seed + number);
        int choice = random.nextInt(100);
        if (choice < 35 && sample.isJson()) {
            JsonMutation.Done done = new JsonMutation(random).of(body);
            return transported(number, sample, done.how(), done.body(), random);
        }
        if (choice < 75) {
            String how = bytesChanged(random, body);
            return transported(number, sample, how, changed(how, random, body), random);
        }
        if (choice < 85) {
            return compression(number, sample, body, random);
        }
        if (choice < 90) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            return new Mutant(
                    number, sample, "content type " + type, Map.of("Content-Type", type), body, Sending.WHOLE);
        }
        if (choice < 98) {
            Sending[] ways = {Sending.BROKEN_CHUNKS, Sending.TOO_SHORT, Sending.TOO_LONG, Sending.CUT};
            Sending sending = ways[random.nextInt(ways.length)];
            return new Mutant(number, sample, sending.name(), Map.of(), body, sending);
        }
        Sending sending = random.nextInt(10) == 0 ? Sending.SLOW : Sending.WHOLE;
        return new Mutant(number, sample, sending == Sending.SLOW ? "slow" : "as captured", Map.of(), body, sending);
    }

    private static Mutant transported(long number, Sample sample, String how, byte[] body, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 ->
                new Mutant(
                        number,
                        sample,
                        how + ", compressed",
                        Map.of("Content-Encoding", "gzip"),
                        gzip(body),
                        Sending.WHOLE);
            case 1 -> new Mutant(number, sample, how + ", chunked", Map.of(), body, Sending.CHUNKED);
            default -> new Mutant(number, sample, how, Map.of(), body, Sending.WHOLE);
        };
    }

    private Mutant compression(long number, Sample sample, byte[] body, SplittableRandom random) {
        byte[] packed = gzip(body);
        return switch (random.nextInt(4)) {
            case 0 -> coded(number, sample, CODINGS.get(random.nextInt(CODINGS.size())), body);
            case 1 -> packed(number, sample, "gzip cut", Arrays.copyOf(packed, random.nextInt(packed.length)));
            case 2 -> {
                packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
                yield packed(number, sample, "gzip with a bit turned", packed);
            }
            // bombs are rare: each costs the gateway what it is meant to cost
            default ->
                random.nextInt(40) == 0
                        ? packed(number, sample, "gzip bomb", bomb)
                        : packed(number, sample, "gzip twice", gzip(packed));
        };
    }

    private static Mutant coded(long number, Sample sample, String coding, byte[] body) {
        return new Mutant(
                number, sample, "said to be " + coding, Map.of("Content-Encoding", coding), body, Sending.WHOLE);
    }

    private static Mutant packed(long number, Sample sample, String how, byte[] body) {
        return new Mutant(number, sample, how, Map.of("Content-Encoding", "gzip"), body, Sending.WHOLE);
    }

    private static String bytesChanged(SplittableRandom random, byte[] body) {
        List<String> ways =
                List.of("bits turned", "truncated", "bytes inserted", "part repeated", "part removed", "part noise");
        return body.length < 8 ? "bytes inserted" : ways.get(random.nextInt(ways.size()));
    }

    private static byte[] changed(String how, SplittableRandom random, byte[] body) {
        int at = random.nextInt(Math.max(1, body.length));
        int length = 1 + random.nextInt(Math.max(1, Math.min(200, body.length - at)));
        return switch (how) {
            case "bits turned" -> {
                int turns = 1 + random.nextInt(8);
                for (int i = 0; i < turns; i++) {
                    body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield body;
            }
            case "truncated" -> Arrays.copyOf(body, at);
            case "bytes inserted" -> joined(Arrays.copyOf(body, at), noise(random, length), tail(body, at));
            case "part repeated" ->
                joined(
                        Arrays.copyOf(body, at),
                        Arrays.copyOfRange(body, at, Math.min(body.length, at + length)),
                        tail(body, at));
            case "part removed" ->
                joined(Arrays.copyOf(body, at), new byte[0], tail(body, Math.min(body.length, at + length)));
            default -> {
                byte[] noise = noise(random, Math.min(length, body.length - at));
                System.arraycopy(noise, 0, body, at, noise.length);
                yield body;
            }
        };
    }

    private static byte[] noise(SplittableRandom random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return random.nextBoolean() ? noise : "9".repeat(length).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] tail(byte[] body, int from) {
        return Arrays.copyOfRange(body, from, body.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return packed.toByteArray();
    }
}
