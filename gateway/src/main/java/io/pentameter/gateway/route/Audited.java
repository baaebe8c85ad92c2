package io.pentameter.gateway.route;

/** Whether a request is written to the audit log before it is forwarded. */
public enum Audited {
    /** Not by the gateway; what changes state is audited where it happens. */
    NO,
    /** If the caller may see payloads, since the answer may then hold them. */
    PAYLOAD_READ,
    /** Always: the audit log itself is read. */
    AUDIT_READ,
    /** Always: data leaves in bulk. */
    EXPORT
}
