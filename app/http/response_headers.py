"""The headers that responses have in common. Those of one representation are in `representations`."""

Headers = list[tuple[bytes, bytes]]

CACHE_CONTROL = b"public, max-age=60, stale-while-revalidate=600"
COMMON_HEADERS: Headers = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Accept-Ranges, Allow, Content-Range, ETag, Link, Readout-Dataset, Retry-After, X-Request-ID",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
]
"""The headers of every response."""

PREFLIGHT_HEADERS: Headers = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (
        b"access-control-allow-headers",
        b"Accept, Cache-Control, If-Modified-Since, If-None-Match, If-Range, Range, X-Request-ID",
    ),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, OPTIONS"),
]
"""The further headers of a response to `OPTIONS`, a CORS preflight included."""
