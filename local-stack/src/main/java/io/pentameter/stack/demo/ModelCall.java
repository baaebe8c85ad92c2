package io.pentameter.stack.demo;

import static io.pentameter.stack.otlp.Otlp.decimal;
import static io.pentameter.stack.otlp.Otlp.text;
import static io.pentameter.stack.otlp.Otlp.texts;
import static io.pentameter.stack.otlp.Otlp.whole;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.pentameter.stack.demo.TraceMaker.Step;
import io.pentameter.stack.otlp.Otlp;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** One call of a model, in the words of the GenAI conventions. */
final class ModelCall {

    private static final double TAIL = 0.5;
    private static final double MAX_TAIL = 6;

    private final RandomGenerator random;
    private final Feature feature;

    ModelCall(RandomGenerator random, Feature feature) {
        this.random = random;
        this.feature = feature;
    }

    Step answered(Model model) {
        long input = around(feature.inputTokens());
        long output = around(feature.outputTokens());
        long cached = (long) (input * model.cachedShare() * random.nextDouble() * 2);
        long reasoning = model.reasons() ? output * 2 / 3 : 0;
        long firstToken = around(model.firstTokenMillis());
        Duration length = Duration.ofMillis(firstToken + output * 1000 / model.tokensPerSecond());
        Answers.Answer answer = Answers.to(feature, random);
        Span.Builder span = call("chat", model)
                .addAttributes(text("gen_ai.response.model", model.response()))
                .addAttributes(texts("gen_ai.response.finish_reasons", answer.finish()))
                .addAttributes(whole("gen_ai.usage.input_tokens", input))
                .addAttributes(whole("gen_ai.usage.output_tokens", output))
                .addAttributes(
                        text("gen_ai.input.messages", Answers.message("user", Answers.question(feature, random), "")))
                .addAttributes(
                        text("gen_ai.output.messages", Answers.message("assistant", answer.text(), answer.finish())));
        if (cached > 0) {
            span.addAttributes(whole("gen_ai.usage.cache_read.input_tokens", Math.min(cached, input)));
        }
        if (reasoning > 0) {
            span.addAttributes(whole("gen_ai.usage.reasoning.output_tokens", reasoning));
        }
        if (feature == Feature.INVOICE_FIELDS) {
            span.addAttributes(text("gen_ai.output.type", "json"));
        } else {
            span.addAttributes(decimal("gen_ai.response.time_to_first_chunk", firstToken / 1000.0));
        }
        return new Step(span, length, false);
    }

    /** The provider has too much to do; the company's client waits a little and tries again. */
    Step throttled(Model model) {
        return new Step(broken(model, 429, "rate_limit_exceeded"), Duration.ofMillis(80 + random.nextInt(400)), true);
    }

    Step failed(Model model) {
        return new Step(broken(model, 500, "server_error"), Duration.ofMillis(900 + random.nextInt(2500)), true);
    }

    Step embedding() {
        Span.Builder span = call("embeddings", Model.EMBEDDING)
                .addAttributes(text("gen_ai.response.model", Model.EMBEDDING.response()))
                .addAttributes(whole("gen_ai.usage.input_tokens", 20 + random.nextInt(60)));
        return new Step(span, Duration.ofMillis(40 + random.nextInt(60)), false);
    }

    private Span.Builder broken(Model model, int status, String type) {
        return call("chat", model)
                .setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR))
                .addAttributes(whole("http.response.status_code", status))
                .addAttributes(text("error.type", type));
    }

    private Span.Builder call(String operation, Model model) {
        return Span.newBuilder()
                .setSpanId(Otlp.spanId(random))
                .setName(operation + " " + model.request())
                .setKind(SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(text("gen_ai.operation.name", operation))
                .addAttributes(text("gen_ai.provider.name", model.provider()))
                .addAttributes(text("gen_ai.request.model", model.request()));
    }

    /** A skewed draw with that median: waiting times and lengths have long tails. */
    private long around(int median) {
        double factor = Math.exp(TAIL * random.nextGaussian());
        return Math.max(1, Math.round(median * Math.min(MAX_TAIL, factor)));
    }
}
