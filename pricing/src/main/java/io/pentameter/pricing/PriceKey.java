package io.pentameter.pricing;

/**
 * A kind of call: calls of a kind differ in price only by their time and size.
 *
 * @param provider       canonical word, empty if not known
 * @param model          the model that answered, empty if not known
 * @param requestedModel the model asked for, empty if not known
 * @param serviceTier    as the client said
 */
public record PriceKey(String provider, String model, String requestedModel, String serviceTier) {}
