package io.pentameter.stack.fuzz;

/**
 * A request that is good, from which bad ones are made.
 *
 * @param contentType as sent
 * @param body        not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
record Sample(String name, String method, String path, String contentType, byte[] body) {

    Sample {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    boolean isGrpc() {
        return contentType.equals("application/grpc");
    }

    boolean isJson() {
        return contentType.startsWith("application/json");
    }

    @Override
    public String toString() {
        return name;
    }
}
