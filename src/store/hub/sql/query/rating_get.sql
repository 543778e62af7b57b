-- Whether the applicant has rated.
SELECT grade FROM rating WHERE token_digest = :digest;
