-- What the hub holds, for its metrics.
-- scan: asked by the bureau's monitor once a minute
SELECT (SELECT coalesce(max(ordinal), 0) FROM fact) AS facts,
	(SELECT coalesce(max(ordinal), 0) FROM bundle) AS bundles,
	(SELECT coalesce(max(ordinal), 0) FROM bundle_update) AS updates,
	(SELECT coalesce(max(ordinal), 0) FROM bundle_message) AS messages;
