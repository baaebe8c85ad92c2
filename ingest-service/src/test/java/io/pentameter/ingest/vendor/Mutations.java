package io.pentameter.ingest.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.ingest.assembly.InMemoryAssembly;
import io.pentameter.ingest.otlp.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

/** Breaks bodies by chance and puts them through a protocol: nothing but a refusal may come of it. */
public final class Mutations {

    private static final String[] HOSTILE = {
        "null",
        "true",
        "-1",
        "1e999",
        "1e-999999999",
        "1e999999999",
        "99999999999999999999999",
        "\"\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[[[[[]]]]]]",
        "\"9999-99-99T99:99:99Z\"",
        "0.1",
        "\"\\u0000\"",
        "{\"$start\":1}",
        "\"2026-11-20\""
    };

    private Mutations() {}

    /** How many of the broken bodies could still be read. */
    public static int run(VendorProtocol protocol, byte[] body, Map<String, String> headers, int count) {
        Random random = new Random(20_261_121);
        int read = 0;
        for (int i = 0; i < count; i++) {
            byte[] broken = broken(body, random);
            try {
                VendorInput input = protocol.read(Vendors.request(Map.of("id", "x"), headers), broken);
                InMemoryAssembly assembly = new InMemoryAssembly();
                VendorInput.Receipt receipt = new VendorInput.Receipt(1, 0, "");
                if (!input.fragments().isEmpty()) {
                    assembly.take(input.fragments(), Vendors.ACME, Vendors.NOW);
                }
                Vendors.records(input);
                assertThat(input.reply().apply(receipt).status()).isBetween(200, 499);
                read++;
            } catch (UndecodableException _) {
                // refused as a whole, in words
            } catch (RuntimeException e) {
                throw new AssertionError("body " + i + ": " + new String(broken, StandardCharsets.UTF_8), e);
            }
        }
        return read;
    }

    private static byte[] broken(byte[] body, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(body, random.nextInt(body.length));
            case 1 -> flipped(body, random);
            default -> replaced(body, random);
        };
    }

    private static byte[] flipped(byte[] body, Random random) {
        byte[] flipped = body.clone();
        for (int i = 0; i <= random.nextInt(5); i++) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /** Puts something of another type where a JSON value stands. */
    private static byte[] replaced(byte[] body, Random random) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf("\":", random.nextInt(text.length()));
        if (colon < 0) {
            return flipped(body, random);
        }
        int from = colon + 2;
        int to = from;
        if (text.charAt(from) == '"') {
            to = text.indexOf('"', from + 1) + 1;
        } else {
            while (to < text.length() && ",}]".indexOf(text.charAt(to)) < 0) {
                to++;
            }
        }
        String hostile = HOSTILE[random.nextInt(HOSTILE.length)];
        return (text.substring(0, from) + hostile + text.substring(Math.max(from, to)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
