package io.pentameter.quality.judge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Tells whether two creates are the same, without keeping what they said: the key of an endpoint is among it. */
final class RequestHash {

    private RequestHash() {}

    static String of(JudgeRequest request) {
        List<Object> parts = Arrays.asList(
                request.name(),
                request.rubric(),
                request.model(),
                request.endpoint(),
                request.apiKey(),
                request.inputUsdPerMillionTokens(),
                request.outputUsdPerMillionTokens(),
                request.dailyBudgetUsd(),
                request.target(),
                request.features(),
                request.enabled());
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String word = String.valueOf(part);
            text.append(word.length()).append(':').append(word).append(';');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
