package io.pentameter.alert.delivery;

/** Outcomes as the API and the metrics word them. */
final class DeliveryWord {

    private DeliveryWord() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> "delivered";
            case Outcome.Later _ -> "retry";
            case Outcome.Throttled _ -> "throttled";
            case Outcome.Failed _ -> "failed";
            case Outcome.Gone _ -> "gone";
        };
    }
}
