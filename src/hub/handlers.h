/* Who answers the routes; each is explained at its row of data/openapi.yaml. */
#ifndef HUB_HANDLERS_H
#define HUB_HANDLERS_H

#include "hub/hub.h"

hub_handler hub_health, hub_metrics, hub_openapi, hub_key;		       /* status.c */
hub_handler hub_catalogues, hub_catalogue_read, hub_catalogue_put;	       /* catalogue.c */
hub_handler hub_calendars, hub_calendar_read, hub_calendar_put;		       /* calendar.c */
hub_handler hub_authorisations, hub_authorisation_read, hub_authorisation_put; /* authorisation.c */
hub_handler hub_enrol, hub_number_block;				       /* enrol.c */
hub_handler hub_journal_receive, hub_journal_read;			       /* journal.c */
hub_handler hub_case_read, hub_custody;					       /* case.c */
hub_handler hub_hall_queue;						       /* queue.c */
hub_handler hub_bundle_put, hub_bundle_read, hub_department_list;	/* bundle.c, worklist.c */
hub_handler hub_blob_head, hub_blob_read, hub_blob_put, hub_blob_patch; /* blob.c */
hub_handler hub_message_put, hub_update_put, hub_updates;		/* message.c, update.c */
hub_handler hub_page, hub_rating;					/* page.c, rating.c */

#endif
