"""Who may open what of the API: lines of the table in test_access.py. Everybody may read, and nobody write."""

TABLE = """
GET                                              visitor author colleague stranger moderator administrator
api:root                                         200     200    200       200      200       200
api:initiatives                                  200     200    200       200      200       200
api:organisations                                200     200    200       200      200       200
api:themes                                       200     200    200       200      200       200
api:pillars                                      200     200    200       200      200       200
api:collections                                  200     200    200       200      200       200
api:countries                                    200     200    200       200      200       200
api:regions                                      200     200    200       200      200       200
api:statistics                                   200     200    200       200      200       200
api:boards                                       200     200    200       200      200       200
api:topics                                       200     200    200       200      200       200
api:topic public                                 200     200    200       200      200       200
api:topic waiting                                404     404    404       404      404       404
api:topic hidden                                 404     404    404       404      404       404
api:topic topic hidden                           404     404    404       404      404       404
api:topic private                                404     404    404       404      404       404
api:schema                                       200     200    200       200      200       200
api:docs                                         200     200    200       200      200       200
api:try                                          200     200    200       200      200       200
api:initiative published                         200     200    200       200      200       200
api:initiative archived                          200     200    200       200      200       200
api:initiative removed                           410     410    410       410      410       410
api:organisation accepted                        200     200    200       200      200       200
api:organisation proposed                        404     404    404       404      404       404
api:country KE                                   200     200    200       200      200       200
api:country XX                                   404     404    404       404      404       404
api:nothing v1/nowhere/                          404     404    404       404      404       404

POST                                             visitor author colleague stranger moderator administrator
api:root                                         405     405    405       405      405       405
api:topics                                       405     405    405       405      405       405
api:topic public                                 405     405    405       405      405       405
api:initiatives                                  405     405    405       405      405       405
api:initiative published                         405     405    405       405      405       405
api:schema                                       405     405    405       405      405       405
api:docs                                         405     405    405       405      405       405
"""
