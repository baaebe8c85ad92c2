package io.pentameter.stack.seed;

/** The API keys of one tenant that a fresh stack hands out. */
public record TenantKeys(String tenant, String ingest, String read) {}
