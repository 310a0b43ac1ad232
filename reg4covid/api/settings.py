"""What the packages of the API are told: it only reads, is for everybody, asks for no name and knows no session."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["reg4covid.api.limits.RequestsPerMinute"],
    "DEFAULT_SCHEMA_CLASS": "common.api.described.ReadSchema",
    "EXCEPTION_HANDLER": "common.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # the header Accept says it; parameters are those of the filters
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": ["reg4covid.api.document.complete"],
}
