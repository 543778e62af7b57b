-- A window that is enrolled again loses its older tokens.
UPDATE token SET revoked_ms = :now_ms
	WHERE store = :store AND store <> '' AND hall = :hall AND window = :window AND revoked_ms = 0;
